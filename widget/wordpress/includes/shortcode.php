<?php
/**
 * Owns the shortcode: `[lead_form]`, `[lead_form target="sakneen" country="EG"]`.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

/** Quotes that a word processor typed, and that therefore became part of the value. */
const STRAY_QUOTES = '/^[\s"\'“”„«»‘’″′]+|[\s"\'“”„«»‘’″′]+$/u';

/**
 * The form. A name may be written with a hyphen or with an underscore; what follows `field-` is a name of its own.
 *
 * @param array<array-key, string>|string $written As WordPress read them; '' where there are none.
 */
function shortcode( $written ): string {
	$given = array();
	foreach ( is_array( $written ) ? $written : array() as $name => $value ) {
		$value = html_entity_decode( $value, ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		// Null where the text is not UTF-8.
		$value = preg_replace( STRAY_QUOTES, '', $value );
		$name  = preg_match( '/^field[_-](.+)/', (string) $name, $field ) ? 'field-' . $field[1] : str_replace( '_', '-', (string) $name );

		$given[ $name ] = $value;
	}
	return print_form( $given );
}
