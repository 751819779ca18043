<?php
/**
 * Owns the definitions of a target's own fields: asked for once at the proxy, kept, and printed into each form that
 * names one. Must not hold a page view up twice: whatever failed is left alone for some minutes.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

/** An option of its own, loaded only by pages with such a form. By address: what was found, and when. */
const FIELDS_OPTION = 'lead_form_fields';

/** Fields that every target has. */
const USUAL_FIELDS = array( 'name', 'phone', 'email', 'project' );

/** As proxy/config/own-fields.ts has it. */
const FIELD_NAME = '[a-z][a-z\d_-]{0,31}';

/** Seconds that a page view waits for the proxy. */
const ASK_SECONDS = 3;

/** Seconds until the next question after one that did not bring what a form needs. */
const ASK_PAUSE = 600;

/** Bytes of an answer: twelve fields with long lists in three languages. */
const MOST_BYTES = 262144;

/** Whoever may write a post may name a target that does not exist. */
const MOST_TARGETS = 100;

/** Why a question brought no definitions: no answer, no such target, or something else than fields. */
const UNREACHABLE    = 'unreachable';
const UNKNOWN_TARGET = 'unknown_target';
const UNUSABLE       = 'unusable';

/**
 * The attributes with the definitions that the form needs; without them its script asks by itself.
 *
 * @param array<string, string> $attributes Of the element.
 * @return array<string, string>
 */
function add_definitions( array $attributes ): array {
	$tokens = preg_split( '/[\s,]+/', $attributes['fields'] ?? '', -1, PREG_SPLIT_NO_EMPTY );
	$own    = array_diff( $tokens, USUAL_FIELDS );
	$target = $attributes['target'] ?? '';
	// Never an address that somebody wrote into a post: this server may reach what they may not.
	$is_ours = '' !== settings()['endpoint'] && settings()['endpoint'] === ( $attributes['endpoint'] ?? '' );
	if ( ! $own || isset( $attributes['definitions'] ) || ! $is_ours || ! preg_match( TARGET_KEY, $target ) ) {
		return $attributes;
	}
	$definitions = find_definitions( fields_url( $target ), $own );
	return '' === $definitions ? $attributes : $attributes + compact( 'definitions' );
}

/**
 * The address that tells what a target's own fields are, at the proxy of the settings.
 *
 * @param string $target Its key.
 */
function fields_url( string $target ): string {
	return settings()['endpoint'] . '/v1/fields/' . $target;
}

/**
 * What is kept: by address the definitions as JSON, '' for none, and of the last question the Unix time and what
 * came of it, '' for an answer.
 *
 * @return array<string, array{definitions: string, asked: int, problem: string}>
 */
function kept_fields(): array {
	$kept = get_option( FIELDS_OPTION );
	return is_array( $kept ) ? $kept : array();
}

/**
 * The definitions as JSON, or '' where there are none. They are asked for where one of the fields is unknown.
 *
 * @param string   $url Of the target.
 * @param string[] $own Names that a form shows.
 */
function find_definitions( string $url, array $own ): string {
	$kept  = kept_fields();
	$entry = $kept[ $url ] ?? null;
	$known = null === $entry ? array() : read_names( $entry['definitions'] );
	if ( array_diff( $own, $known ?? array() ) && may_ask( $url, $kept ) ) {
		$entry = ask_again( $url );
	}
	return $entry['definitions'] ?? '';
}

/**
 * Whether a page view may wait for the proxy: not soon after a question, nor after another one to a proxy that does
 * not answer.
 *
 * @param string                              $url  Of the target.
 * @param array<string, array<string, mixed>> $kept By address.
 */
function may_ask( string $url, array $kept ): bool {
	$recent = array_filter( $kept, fn( $entry ) => time() - $entry['asked'] < ASK_PAUSE );
	return ! isset( $recent[ $url ] )
		&& ! in_array( UNREACHABLE, array_column( $recent, 'problem' ), true )
		&& ( isset( $kept[ $url ] ) || count( $kept ) < MOST_TARGETS );
}

/**
 * Asks, and keeps the answer. After a failure the definitions before it stay.
 *
 * @param string $url Of the target.
 * @return array{definitions: string, asked: int, problem: string}
 */
function ask_again( string $url ): array {
	$before = ( kept_fields()[ $url ] ?? array() ) + array( 'definitions' => '' );
	// Before the answer is there: the views of the next seconds do not wait for it as well.
	keep_fields( $url, array( 'asked' => time(), 'problem' => UNREACHABLE ) + $before );
	$entry = ask_proxy( $url ) + array( 'asked' => time(), 'problem' => '' ) + $before;
	keep_fields( $url, $entry );
	// A form that was printed before may show other fields.
	delete_option( PRINTED_OPTION );
	return $entry;
}

/**
 * Keeps what is known of one target, and nothing of a proxy that the settings no longer name.
 *
 * @param string               $url   Of the target.
 * @param array<string, mixed> $entry What is known.
 */
function keep_fields( string $url, array $entry ): void {
	$here = array_filter( kept_fields(), fn( $each ) => 0 === strpos( $each, fields_url( '' ) ), ARRAY_FILTER_USE_KEY );
	update_option( FIELDS_OPTION, array( $url => $entry ) + $here, false );
}

/**
 * One question to the proxy.
 *
 * @param string $url     Of what is asked for.
 * @param float  $seconds The longest wait.
 * @return array{status: int, body: string} The status is 0 where there is no answer.
 */
function get_from_proxy( string $url, float $seconds = ASK_SECONDS ): array {
	$response = wp_remote_get(
		$url,
		array(
			'timeout'             => $seconds,
			'redirection'         => 0,
			'limit_response_size' => MOST_BYTES,
			'headers'             => array( 'accept' => 'application/json' ),
		)
	);
	$failed   = is_wp_error( $response );
	return array(
		'status' => $failed ? 0 : (int) wp_remote_retrieve_response_code( $response ),
		'body'   => $failed ? '' : wp_remote_retrieve_body( $response ),
	);
}

/**
 * What a target's own fields are.
 *
 * @param string $url Of the target.
 * @return array{definitions: string}|array{problem: string}
 */
function ask_proxy( string $url ): array {
	list( 'status' => $status, 'body' => $definitions ) = get_from_proxy( $url );
	if ( 0 === $status ) {
		return array( 'problem' => UNREACHABLE );
	}
	if ( 200 === $status && null !== read_names( $definitions ) ) {
		return compact( 'definitions' );
	}
	return array( 'problem' => 404 === $status ? UNKNOWN_TARGET : UNUSABLE );
}

/**
 * The fields' names, in their order.
 *
 * @param string $definitions JSON.
 * @return string[]|null Null where it is something else.
 */
function read_names( string $definitions ): ?array {
	$read   = json_decode( $definitions, true );
	$fields = is_array( $read ) && is_string( $read['version'] ?? null ) ? $read['fields'] ?? null : null;
	if ( ! is_array( $fields ) ) {
		return null;
	}
	$names = array_map( fn( $field ) => is_array( $field ) ? $field['name'] ?? null : null, $fields );
	$valid = array_filter( $names, fn( $name ) => is_string( $name ) && preg_match( '/^' . FIELD_NAME . '$/', $name ) );
	return count( $valid ) === count( $fields ) ? array_values( $valid ) : null;
}
