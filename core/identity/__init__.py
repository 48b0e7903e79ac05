"""What an entry is: which entry of one version of a tree is which of another, and what two sides last agreed on."""
