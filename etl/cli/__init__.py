"""The command line: what it prints, the process it runs in, the files that it writes beside."""
