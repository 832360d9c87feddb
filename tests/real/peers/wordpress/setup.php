<?php
// Installs the test site without a browser and prints, as JSON, one application password per account.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('TESSELLE_REAL_URL'), PHP_URL_HOST);

// Defined before WordPress would: no mail is sent.
function wp_mail(...$ignored)
{
    return true;
}

$site = getenv('TESSELLE_REAL_SITE');
require $site . '/wp-load.php';
require $site . '/wp-admin/includes/upgrade.php';

wp_install('Tessera Tiles', 'admin', 'admin@tiles.example', true, '', wp_generate_password());
update_option('permalink_structure', '/%postname%/');
update_option('timezone_string', 'Europe/Zurich');

$passwords = [];
foreach (['editor', 'author', 'contributor'] as $role) {
    $id = wp_insert_user([
        'user_login' => $role,
        'user_pass' => wp_generate_password(),
        'user_email' => $role . '@tiles.example',
        'role' => $role,
    ]);
    [$passwords[$role]] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'Tesselle']);
}
echo json_encode($passwords);
