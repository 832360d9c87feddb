"""What people do with deliveries. Each verb is one guarded update: who comes second changes nothing."""
