"""What each command does, one module a command; the options stand in cli."""
