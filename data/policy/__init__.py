"""What is publishable."""
