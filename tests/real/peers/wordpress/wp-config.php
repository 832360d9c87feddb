<?php
// The configuration of the test site; what differs from run to run comes from the environment.
define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', getenv('TESSELLE_REAL_DB_PASSWORD'));
define('DB_HOST', 'localhost:' . getenv('TESSELLE_REAL_DB_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');

foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $tesselle_purpose) {
    define($tesselle_purpose . '_KEY', hash('sha256', $tesselle_purpose . 'key' . DB_PASSWORD));
    define($tesselle_purpose . '_SALT', hash('sha256', $tesselle_purpose . 'salt' . DB_PASSWORD));
}

// Any other type refuses application passwords over plain http.
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HOME', getenv('TESSELLE_REAL_URL'));
define('WP_SITEURL', getenv('TESSELLE_REAL_URL'));

// Nothing leaves the machine, and nothing happens by itself: tests ask for /wp-cron.php.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('WP_DEBUG', false);

$table_prefix = 'wp_';
if (!defined('ABSPATH')) {
    define('ABSPATH', getenv('TESSELLE_REAL_SITE') . '/');
}
require_once ABSPATH . 'wp-settings.php';
