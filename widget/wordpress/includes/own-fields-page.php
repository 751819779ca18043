<?php
/**
 * Owns what the settings page shows of the targets' own fields, and the button that asks for them again.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

const REFRESH = 'lead_form_refresh';

/** What was found for each target, and when. */
function print_own_fields(): void {
	if ( '' === settings()['endpoint'] ) {
		return;
	}
	echo '<h2 id="lead-form-own-fields">' . esc_html__( 'Own fields', 'lead-form' ) . '</h2><p>';
	echo esc_html__( 'A form may show fields that only its target has. What they are is asked for once at the proxy and kept here. Ask again when the fields were changed there.', 'lead-form' ) . '</p>';
	printf(
		'<table class="widefat striped" style="max-width:60em"><thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col">%s</th></tr></thead><tbody>',
		esc_html__( 'Target', 'lead-form' ),
		esc_html__( 'Own fields', 'lead-form' ),
		esc_html__( 'Asked', 'lead-form' )
	);
	foreach ( shown_targets() as $target => $entry ) {
		printf(
			'<tr><th scope="row"><code dir="ltr">%s</code></th><td>%s</td><td>%s</td></tr>',
			esc_html( $target ),
			$entry ? describe_fields( $entry ) : '', // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped there.
			esc_html( $entry ? wp_date( get_option( 'date_format' ) . ', ' . get_option( 'time_format' ), $entry['asked'] ) : __( 'Not yet', 'lead-form' ) )
		);
	}
	printf( '</tbody></table><form method="post" action="%s">', esc_url( admin_url( 'admin-post.php' ) ) );
	printf( '<input type="hidden" name="action" value="%s">', esc_attr( REFRESH ) );
	wp_nonce_field( REFRESH );
	submit_button( __( 'Ask again', 'lead-form' ), 'secondary', 'lead-form-refresh' );
	echo '</form>';
}

/**
 * The default target, and each other one that a form has asked about.
 *
 * @return array<string, array{definitions: string, asked: int, problem: string}|null> By key, null before any answer.
 */
function shown_targets(): array {
	$root   = fields_url( '' );
	$shown  = array_filter( array( settings()['target'] => null ), 'strlen', ARRAY_FILTER_USE_KEY );
	$sorted = kept_fields();
	ksort( $sorted );
	foreach ( $sorted as $url => $entry ) {
		if ( 0 === strpos( $url, $root ) ) {
			$shown[ substr( $url, strlen( $root ) ) ] = $entry;
		}
	}
	return $shown;
}

/**
 * Names of fields, and what went wrong, as HTML.
 *
 * @param array{definitions: string, asked: int, problem: string} $entry What is kept of a target.
 */
function describe_fields( array $entry ): string {
	$names = array_map( fn( $name ) => sprintf( '<code dir="ltr">%s</code>', esc_html( $name ) ), read_names( $entry['definitions'] ) ?? array() );
	$texts = array(
		''             => $names ? '' : __( 'None', 'lead-form' ),
		UNREACHABLE    => __( 'The proxy could not be reached.', 'lead-form' ),
		UNKNOWN_TARGET => __( 'The proxy knows no such target.', 'lead-form' ),
		UNUSABLE       => __( 'The proxy answered, but not with fields: look at the settings of the target.', 'lead-form' ),
	);
	return trim( implode( ' ', $names ) . ' ' . esc_html( $texts[ $entry['problem'] ] ?? '' ) );
}

/** Asks about every target that the page shows; a proxy that does not answer is not asked about the next one. */
function refresh_fields(): void {
	if ( ! current_user_can( CAPABILITY ) ) {
		wp_die( esc_html__( 'Only administrators may do this.', 'lead-form' ), '', array( 'response' => 403 ) );
	}
	check_admin_referer( REFRESH );
	foreach ( array_keys( shown_targets() ) as $target ) {
		if ( UNREACHABLE === ask_again( fields_url( (string) $target ) )['problem'] ) {
			break;
		}
	}
	wp_safe_redirect( settings_url() . '#lead-form-own-fields' );
	exit;
}
add_action( 'admin_post_' . REFRESH, __NAMESPACE__ . '\\refresh_fields' );
