<?php
/**
 * Installs WordPress as its own installer does, and adds the users: php seed.php FOLDER PASSWORD ROLE…
 * Prints an application password for each of them as JSON.
 */

list( , $folder, $password ) = $argv;
$roles                       = array_slice( $argv, 3 );

/** Nobody is told of this site by mail. */
function wp_new_blog_notification() {}

define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = 'localhost';

require "$folder/wp-load.php";
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install( 'A site', 'administrator', 'administrator@example.com', true, '', $password );
wp_set_current_user( 1 );

$passwords = array();
foreach ( $roles as $role ) {
	$user = get_user_by( 'login', $role );
	$id   = $user ? $user->ID : wp_insert_user(
		array(
			'user_login' => $role,
			'user_pass'  => $password,
			'user_email' => "$role@example.com",
			'role'       => $role,
		)
	);
	list( $passwords[ $role ] ) = WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'test' ) );
}
echo json_encode( $passwords );
