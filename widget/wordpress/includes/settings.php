<?php
/**
 * Owns the three settings: what may be saved and what is read. Must not hold a key; those stay in the proxy.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

const OPTION   = 'lead_form';
const DEFAULTS = array(
	'endpoint' => '',
	'target'   => '',
	'country'  => '',
);

/** As proxy/config/config.ts has it. */
const TARGET_KEY = '/^[a-z\d][a-z\d_-]{0,63}$/i';

/**
 * The settings as they were saved, or as they are before anybody saved them.
 *
 * @return array{endpoint: string, target: string, country: string}
 */
function settings(): array {
	$saved = get_option( OPTION );
	$known = is_array( $saved ) ? array_intersect_key( $saved, DEFAULTS ) : array();
	return array_filter( $known, 'is_string' ) + DEFAULTS;
}

/** The country of the site's time zone, where it names a city; '' for an offset such as UTC+2. */
function guess_country(): string {
	$zone = (string) get_option( 'timezone_string' );
	if ( ! in_array( $zone, timezone_identifiers_list(), true ) ) {
		return '';
	}
	$code = ( new \DateTimeZone( $zone ) )->getLocation()['country_code'] ?? '';
	return preg_match( '/^[A-Z]{2}$/', $code ) ? $code : '';
}

/** The country before anybody has saved one: only proposed, since a country on the form overrules every guess. */
function proposed_country(): string {
	$saved = get_option( OPTION );
	return is_array( $saved ) && isset( $saved['country'] ) ? $saved['country'] : guess_country();
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
 * @return array{endpoint: string, target: string, country: string}
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
	$country = strtoupper( $typed['country'] );
	if ( '' !== $country && ! preg_match( '/^[A-Z]{2}$/', $country ) ) {
		add_settings_error( OPTION, 'country', __( 'The country was not saved: it has two letters, such as EG.', 'lead-form' ) );
		$country = $kept['country'];
	}
	return compact( 'endpoint', 'target', 'country' );
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
