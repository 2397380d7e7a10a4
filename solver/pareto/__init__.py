"""Plans that no other plan beats in every term."""
