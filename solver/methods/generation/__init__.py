"""How is a component answered by column generation, with exact pricing?"""
