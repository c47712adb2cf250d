"""What a member does around the consensus core, without I/O: stimuli in, work out; start at `member`."""
