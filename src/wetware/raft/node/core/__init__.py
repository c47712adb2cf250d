"""What a group member does around the consensus core, without I/O: stimuli in, work out. Start at `member`."""
