"""Is it true what a plan file says?"""
