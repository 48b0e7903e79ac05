"""What all pages share: safe markup, styles and scripts."""
