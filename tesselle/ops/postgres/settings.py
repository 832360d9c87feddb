"""How the embedded server is set up: safe first, then small.

Passed on the command line at each start, so that a new release changes them everywhere.
"""

from pathlib import Path

SAFE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "password_encryption": "scram-sha-256",
}

# For test servers only: nothing they hold is worth a disk's time.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

SMALL = {
    "max_connections": "100",
    "shared_buffers": "32MB",
    "work_mem": "4MB",
    "random_page_cost": "1.1",  # no disk of today has an arm; at 4 it reads whole tables for a hundred rows
    "maintenance_work_mem": "32MB",
    "effective_cache_size": "512MB",
    "max_wal_size": "512MB",
    "jit": "off",
    # No replicas and one small machine: no process for what is never used.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "max_worker_processes": "2",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "autovacuum_max_workers": "2",
    "io_method": "sync",
}

QUIET = {
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_checkpoints": "off",
    "log_min_messages": "warning",
    # A failed statement holds people's texts, a detail holds key values: neither belongs in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def server_settings(*, socket_folder: Path, cluster_name: str, durable: bool) -> list[str]:
    """Command-line options for `postgres`."""
    reach = {
        "listen_addresses": "",
        # A list for PostgreSQL: the quotes keep a comma or a space inside one path.
        "unix_socket_directories": '"' + str(socket_folder).replace('"', '""') + '"',
        "unix_socket_permissions": "0700",
        "cluster_name": cluster_name,
    }
    chosen = SMALL | QUIET | SAFE | ({} if durable else CARELESS) | reach
    return [option for name, value in chosen.items() for option in ("-c", f"{name}={value}")]
