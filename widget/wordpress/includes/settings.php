<?php
/**
 * Owns the two settings: what may be saved and what is read. Holds no key; those stay in the proxy.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

const OPTION   = 'lead_form';
const DEFAULTS = array(
	'endpoint' => '',
	'target'   => '',
);

/** As proxy/config.ts has it. */
const TARGET_KEY = '/^[a-z\d][a-z\d_-]{0,63}$/i';

/**
 * The settings as they were saved, or as they are before anybody saved them.
 *
 * @return array{endpoint: string, target: string}
 */
function settings(): array {
	$saved = get_option( OPTION );
	$known = is_array( $saved ) ? array_intersect_key( $saved, DEFAULTS ) : array();
	return array_filter( $known, 'is_string' ) + DEFAULTS;
}

/**
 * The origin of an address: https, or http to this very machine. Of a longer address, such as that of
 * the script, the origin is meant.
 *
 * @param string $typed As it was typed, with or without `https://`.
 * @return string Without a slash at the end; '' for anything else.
 */
function read_origin( string $typed ): string {
	$typed = strtolower( trim( $typed ) );
	$parts = wp_parse_url( preg_match( '~^[a-z][a-z\d+.-]*://~', $typed ) ? $typed : 'https://' . $typed );
	if ( ! $parts || isset( $parts['user'] ) || isset( $parts['pass'] ) ) {
		return '';
	}
	$host = $parts['host'] ?? '';
	if ( ! preg_match( '~^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:]+\])$~', $host ) ) {
		return '';
	}
	$loopback = preg_match( '~^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$~', $host );
	if ( 'https' !== $parts['scheme'] && ! ( 'http' === $parts['scheme'] && $loopback ) ) {
		return '';
	}
	return $parts['scheme'] . '://' . $host . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
}

/**
 * What is saved. A faulty value is refused with a message, and the one before it stays.
 *
 * @param mixed $typed What the settings page, or anybody else, hands in.
 * @return array{endpoint: string, target: string}
 */
function sanitize_settings( $typed ): array {
	$typed = is_array( $typed ) ? array_filter( $typed, 'is_string' ) : array();
	$typed = array_map( 'trim', $typed ) + DEFAULTS;
	$kept  = settings();

	$endpoint = read_origin( $typed['endpoint'] );
	if ( '' === $endpoint && '' !== $typed['endpoint'] ) {
		add_settings_error( OPTION, 'endpoint', __( 'The endpoint was not saved: it must be an https address, such as https://leads.example.com.', 'lead-form' ) );
		$endpoint = $kept['endpoint'];
	}
	$target = $typed['target'];
	if ( '' !== $target && ! preg_match( TARGET_KEY, $target ) ) {
		add_settings_error( OPTION, 'target', __( 'The default target was not saved: a target has letters, digits, hyphens and underscores only.', 'lead-form' ) );
		$target = $kept['target'];
	}
	return compact( 'endpoint', 'target' );
}

/** The only way into the option: by administrators, through options.php, sanitized. Not in REST. */
function register_settings(): void {
	register_setting(
		OPTION,
		OPTION,
		array(
			'type'              => 'object',
			'sanitize_callback' => __NAMESPACE__ . '\\sanitize_settings',
			'default'           => DEFAULTS,
			'show_in_rest'      => false,
		)
	);
}
add_action( 'admin_init', __NAMESPACE__ . '\\register_settings' );
