"""What several tests share: brute force, and strategies that draw instances and scenarios."""
