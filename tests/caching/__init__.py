"""What everybody is answered is kept for as long as it holds."""
