"""What is said on the terminal?"""
