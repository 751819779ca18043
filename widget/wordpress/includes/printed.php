<?php
/**
 * Owns the printed form: the proxy writes it down once, and pages show it before any script. Must not hold a page
 * view up twice: without it there is the element alone, which draws itself.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

/** An option of its own, loaded only by pages with a form. By address: the template, '' for none, and when. */
const PRINTED_OPTION = 'lead_form_printed';

/** Attributes of the element that the proxy prints by; a preset of an own field besides. */
const PRINTED_BY = array( 'lang', 'dir', 'project', 'projects', 'fields', 'required', 'country', 'without-country-select', 'theme', 'scheme', 'heading', 'submit-label', 'consent', 'consent-version', 'privacy-url' );

/** Seconds that a page view waits for it: a page without it is whole. */
const PRINT_SECONDS = 2;

/** Seconds until it is asked for again: a day for a template, since texts and looks come with versions. */
const PRINT_KEPT = 86400;

/** Forms that differ. Whoever may write a post may make more of them; those then draw themselves. */
const MOST_PRINTED = 40;

const TEMPLATE_BEGIN = '<template shadowrootmode="open">';
const TEMPLATE_END   = '</template>';

/**
 * The template for these attributes, or '' where there is none.
 *
 * @param array<string, string> $attributes Of the element.
 */
function print_template( array $attributes ): string {
	$target  = $attributes['target'] ?? '';
	$is_ours = '' !== settings()['endpoint'] && settings()['endpoint'] === ( $attributes['endpoint'] ?? '' );
	if ( ! $is_ours || ! preg_match( TARGET_KEY, $target ) || 'dialog' === ( $attributes['presentation'] ?? '' ) ) {
		return '';
	}
	$url   = printed_url( $target, $attributes );
	$kept  = get_option( PRINTED_OPTION );
	$kept  = is_array( $kept ) ? $kept : array();
	$entry = $kept[ $url ] ?? null;
	if ( may_print( $entry, $kept ) ) {
		$entry = keep_printed( $url, $kept );
	}
	return $entry['template'] ?? '';
}

/**
 * Its address, with all that changes it.
 *
 * @param string                $target     Its key.
 * @param array<string, string> $attributes Of the element.
 */
function printed_url( string $target, array $attributes ): string {
	$is_shown = fn( $name ) => in_array( $name, PRINTED_BY, true ) || 0 === strpos( (string) $name, 'field-' );
	$shown    = array_filter( $attributes, $is_shown, ARRAY_FILTER_USE_KEY );
	// The element takes both from its page.
	$page = array( 'lang' => strtolower( get_bloginfo( 'language' ) ) ) + ( is_rtl() ? array( 'dir' => 'rtl' ) : array() );
	$all  = $shown + ( isset( $shown['lang'] ) ? array() : $page );
	ksort( $all );
	return settings()['endpoint'] . '/v1/markup/' . $target . '?' . http_build_query( $all + array( 'v' => VERSION ), '', '&', PHP_QUERY_RFC3986 );
}

/**
 * Whether it is asked for now: not while it is fresh, nor soon after a question that had no answer.
 *
 * @param array{template: string, asked: int}|null        $entry What is known.
 * @param array<string, array{template: string, asked: int}> $kept  By address.
 */
function may_print( ?array $entry, array $kept ): bool {
	$age      = fn( $each ) => time() - $each['asked'];
	$is_fresh = null !== $entry && $age( $entry ) < ( '' === $entry['template'] ? ASK_PAUSE : PRINT_KEPT );
	$failed   = array_filter( $kept, fn( $each ) => '' === $each['template'] && $age( $each ) < ASK_PAUSE );
	return ! $is_fresh && ! $failed && ( null !== $entry || count( $kept ) < MOST_PRINTED );
}

/**
 * Asks, and keeps the answer; after a failure the template before it stays for that long.
 *
 * @param string                                             $url  Its address.
 * @param array<string, array{template: string, asked: int}> $kept By address.
 * @return array{template: string, asked: int}
 */
function keep_printed( string $url, array $kept ): array {
	$here   = array_filter( $kept, fn( $each ) => 0 === strpos( $each, settings()['endpoint'] . '/' ), ARRAY_FILTER_USE_KEY );
	$before = $here[ $url ]['template'] ?? '';
	$entry  = array(
		'template' => $before,
		'asked'    => time(),
	);
	// Before the answer is there: the views of the next seconds do not wait for it as well.
	update_option( PRINTED_OPTION, array( $url => $entry ) + $here, false );
	$answer = get_from_proxy( $url, PRINT_SECONDS );
	$read   = 200 === $answer['status'] ? json_decode( $answer['body'], true ) : null;
	$found  = is_array( $read ) && is_string( $read['template'] ?? null ) ? $read['template'] : '';
	if ( is_template( $found ) ) {
		$entry['template'] = $found;
		update_option( PRINTED_OPTION, array( $url => $entry ) + $here, false );
	}
	return $entry;
}

/** The origin by which the proxy calls itself, as its printed forms name it; '' while none is known. */
function printed_origin(): string {
	$kept = get_option( PRINTED_OPTION );
	foreach ( is_array( $kept ) ? $kept : array() as $url => $entry ) {
		$is_here = 0 === strpos( $url, settings()['endpoint'] . '/' );
		if ( $is_here && preg_match( '~<form [^>]*action="(https?://[^/"]+)/~', $entry['template'], $found ) ) {
			return $found[1];
		}
	}
	return '';
}

/**
 * Whether this is one template, and runs nothing.
 *
 * @param string $html An answer.
 */
function is_template( string $html ): bool {
	return 0 === strpos( $html, TEMPLATE_BEGIN )
		&& strlen( $html ) - strlen( TEMPLATE_END ) === stripos( $html, TEMPLATE_END )
		&& false === stripos( $html, '<script' );
}
