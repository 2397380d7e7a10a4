"""What is known of a plan that a dossier tells: alternatives, prices, what is settled?"""
