"""Who may hold a post: judging one staff file, and many."""
