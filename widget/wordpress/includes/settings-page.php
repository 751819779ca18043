<?php
/**
 * Owns the page Settings > Lead Form, the ways to it, and the text for the site's privacy policy.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

const PAGE       = 'lead-form';
const CAPABILITY = 'manage_options';

/** The address of the settings page. */
function settings_url(): string {
	return admin_url( 'options-general.php?page=' . PAGE );
}

/** The page itself, and the fields on it. */
function add_settings_page(): void {
	$title = __( 'Lead Form', 'lead-form' );
	add_options_page( $title, $title, CAPABILITY, PAGE, __NAMESPACE__ . '\\print_settings_page' );
}
add_action( 'admin_menu', __NAMESPACE__ . '\\add_settings_page' );

/** One section with three fields; WordPress draws the table. */
function add_settings_fields(): void {
	add_settings_section( 'proxy', '', '__return_null', PAGE );
	$fields = array(
		'endpoint' => array( __( 'Endpoint', 'lead-form' ), __( 'The address of your Lead Form proxy, where every form sends its leads.', 'lead-form' ), 'https://leads.example.com' ),
		'target'   => array( __( 'Default target', 'lead-form' ), __( 'Used by every form that names no target of its own.', 'lead-form' ), 'sakneen' ),
		'country'  => array( __( 'Country', 'lead-form' ), __( 'Two letters: how a phone number without + is read. A form may name another one.', 'lead-form' ), 'EG' ),
	);
	foreach ( $fields as $key => list( $label, $help, $example ) ) {
		$id = 'lead-form-' . $key;
		add_settings_field(
			$key,
			$label,
			__NAMESPACE__ . '\\print_field',
			PAGE,
			'proxy',
			compact( 'key', 'id', 'help', 'example' ) + array( 'label_for' => $id )
		);
	}
}
add_action( 'admin_init', __NAMESPACE__ . '\\add_settings_fields' );

/**
 * One text field with its help.
 *
 * @param array{key: string, id: string, help: string, example: string} $field Which one.
 */
function print_field( array $field ): void {
	printf(
		'<input class="regular-text code" dir="ltr" type="%1$s" id="%2$s" name="%3$s[%4$s]" value="%5$s" placeholder="%6$s" aria-describedby="%2$s-help"><p class="description" id="%2$s-help">%7$s</p>',
		'endpoint' === $field['key'] ? 'url' : 'text',
		esc_attr( $field['id'] ),
		esc_attr( OPTION ),
		esc_attr( $field['key'] ),
		esc_attr( 'country' === $field['key'] ? proposed_country() : settings()[ $field['key'] ] ),
		esc_attr( $field['example'] ),
		esc_html( $field['help'] )
	);
}

/** The whole page. */
function print_settings_page(): void {
	if ( ! current_user_can( CAPABILITY ) ) {
		return;
	}
	echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1>';
	echo '<div class="notice notice-info inline"><p>' . esc_html__( 'No API key belongs here. The keys of your CRM stay in the proxy; WordPress and the visitor\'s browser never see them.', 'lead-form' ) . '</p></div>';
	print_origin_hint();
	echo '<form method="post" action="options.php">';
	settings_fields( OPTION );
	do_settings_sections( PAGE );
	echo '<h2>' . esc_html__( 'Let this site in', 'lead-form' ) . '</h2><p>';
	echo esc_html__( 'The proxy refuses sites it does not know. Add this one to the list "origins" of the target:', 'lead-form' );
	echo ' <code dir="ltr">' . esc_html( read_site_origin() ) . '</code></p>';
	echo '<h2>' . esc_html__( 'Show a form', 'lead-form' ) . '</h2><p>';
	echo esc_html__( 'Insert the block "Lead Form", or write this shortcode:', 'lead-form' );
	echo ' <code dir="ltr">[lead_form]</code> <code dir="ltr">[lead_form target="sakneen" country="EG"]</code></p>';
	submit_button();
	echo '</form>';
	print_own_fields();
	echo '</div>';
}

/** Says so where the proxy calls itself by another address (its PUBLIC_URL): there alone its hosted page sends. */
function print_origin_hint(): void {
	$origin = printed_origin();
	if ( '' === $origin || settings()['endpoint'] === $origin ) {
		return;
	}
	printf(
		'<div class="notice notice-warning inline" id="lead-form-origin"><p>%s <code dir="ltr">%s</code></p></div>',
		esc_html__( 'Your proxy calls itself by another address. Enter this one as the endpoint:', 'lead-form' ),
		esc_html( $origin )
	);
}

/** This site's origin, as a browser will send it. */
function read_site_origin(): string {
	$parts = wp_parse_url( home_url() );
	return $parts['scheme'] . '://' . $parts['host'] . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
}

/**
 * A link to the settings in the list of plugins.
 *
 * @param string[] $links Those that are there.
 * @return string[]
 */
function add_settings_link( array $links ): array {
	$link = sprintf( '<a href="%s">%s</a>', esc_url( settings_url() ), esc_html__( 'Settings', 'lead-form' ) );
	return array( 'settings' => $link ) + $links;
}
add_filter( 'plugin_action_links_' . plugin_basename( FILE ), __NAMESPACE__ . '\\add_settings_link' );

/** Says, where plugins are managed, that the plugin waits for its endpoint. */
function print_notice(): void {
	$screen = get_current_screen();
	if ( ! $screen || 'plugins' !== $screen->id || '' !== settings()['endpoint'] || ! current_user_can( CAPABILITY ) ) {
		return;
	}
	printf(
		'<div class="notice notice-warning"><p>%s <a href="%s">%s</a></p></div>',
		esc_html__( 'Lead Form shows no form yet: it does not know where to send the leads.', 'lead-form' ),
		esc_url( settings_url() ),
		esc_html__( 'Set the endpoint', 'lead-form' )
	);
}
add_action( 'admin_notices', __NAMESPACE__ . '\\print_notice' );

/** What the site's privacy policy may say; WordPress offers it to the administrator. */
function suggest_privacy_text(): void {
	wp_add_privacy_policy_content(
		__( 'Lead Form', 'lead-form' ),
		'<p>' . esc_html__( 'When you send our contact form, your name, phone number, e-mail address and the page you sent it from go to our own lead service and from there to our customer database. The form sets no cookie and sends nothing before you press the button.', 'lead-form' ) . '</p>'
	);
}
add_action( 'admin_init', __NAMESPACE__ . '\\suggest_privacy_text' );
