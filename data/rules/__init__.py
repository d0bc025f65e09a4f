"""Rules of the policy: how facts are read, each as one pure function."""
