<?php
/**
 * Owns the forms that are written as HTML: the two aliases, which every author may save, become the
 * element on output; an administrator's own element gets the endpoint. What is saved never changes.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

const ALIAS = 'data-lead-form';

/** Forms in one content; what comes after them stays as it is. Each is a script's work for the visitor, too. */
const MAX_FORMS = 50;

/** What an alias hands to its element as it is: where the page's styles and anchors find it. */
const KEPT = array( 'id', 'class', 'style', 'dir', 'lang' );

/**
 * Content with its forms in place.
 *
 * @param mixed $html Content, after paragraphs and shortcodes were made of it.
 * @return mixed The same where there is nothing to do.
 */
function place_forms( $html ) {
	if ( ! is_string( $html ) || ( false === stripos( $html, ALIAS ) && false === stripos( $html, '<lead-form' ) ) ) {
		return $html;
	}
	$placed = '';
	$done   = 0;
	$forms  = 0;
	foreach ( read_tags( $html, array( 'div', 'a', 'lead-form' ) ) as $tag ) {
		// What stands inside a form is its content.
		if ( $tag['start'] < $done || $forms >= MAX_FORMS ) {
			continue;
		}
		list( $form, $end ) = place_form( $html, $tag );
		if ( null !== $form ) {
			$placed .= substr( $html, $done, $tag['start'] - $done ) . $form;
			$done    = $end;
			++$forms;
		}
	}
	return $placed . substr( $html, $done );
}

/**
 * One form, if the tag begins one.
 *
 * @param string               $html All of it.
 * @param array<string, mixed> $tag  Of `read_tags`.
 * @return array{string|null, int} The HTML in its place and where the rest goes on; null for any other tag.
 */
function place_form( string $html, array $tag ): array {
	if ( 'lead-form' === $tag['name'] ) {
		// Another filter may have been here before.
		$is_printed = '<template' === substr( $html, $tag['end'], 9 );
		return array( complete_element( parse_attributes( $tag['attributes'] ), $is_printed ), $tag['end'] );
	}
	// Most tags are no alias, and not worth a closer look.
	$attributes = false === stripos( $tag['attributes'], ALIAS ) ? array() : parse_attributes( $tag['attributes'] );
	if ( ! isset( $attributes[ ALIAS ] ) ) {
		return array( null, 0 );
	}
	// An alias that is never closed is an empty one: what follows it is not its content.
	$close = $tag['close'] ?? array(
		'start' => $tag['end'],
		'end'   => $tag['end'],
	);
	$given = read_attributes( read_data( $attributes ) );
	if ( null === $given ) {
		return array( substr( $html, $tag['start'], $close['end'] - $tag['start'] ) . print_hint(), $close['end'] );
	}
	$inner = substr( $html, $tag['end'], $close['start'] - $tag['end'] );
	$form  = 'a' === $tag['name'] ? place_link( $given, $attributes, $inner ) : place_div( $given, $attributes, $inner );
	return array( $form, $close['end'] );
}

/**
 * The opening tag of an element that somebody who may write one has written, and its form as it is printed.
 *
 * @param array<string, string> $attributes As written; an endpoint of their own stays.
 * @param bool                  $is_printed Whether the form stands there already.
 */
function complete_element( array $attributes, bool $is_printed ): string {
	wp_enqueue_script( FORM_SCRIPT );
	$missing = array_filter( settings(), 'strlen' );
	$complete = array_filter( $attributes, 'strlen' ) + $missing + $attributes;
	$template = $is_printed ? '' : print_template( $complete );
	return sprintf( '<lead-form%s>%s', print_attributes( add_definitions( $complete ) ), $template );
}

/**
 * The element in the place of `<div data-lead-form data-target="…">`, with the same content.
 *
 * @param array<string, string> $given      Of the element.
 * @param array<string, string> $attributes Of the div.
 * @param string                $inner      Its content.
 */
function place_div( array $given, array $attributes, string $inner ): string {
	$own = array_intersect_key( $attributes, array_flip( KEPT ) );
	return print_form( $given, has_content( $inner ) ? $inner : '', $own );
}

/**
 * The link as it is, and beside it the form that it opens.
 *
 * @param array<string, string> $given      Of the element.
 * @param array<string, string> $attributes Of the link.
 * @param string                $inner      What it says.
 */
function place_link( array $given, array $attributes, string $inner ): string {
	$link = array_filter( $attributes, fn( $name ) => 0 !== strpos( $name, 'data-' ), ARRAY_FILTER_USE_KEY );
	// With a target of its own it would open a tab beside the dialog.
	unset( $link['target'] );
	return print_opener( $given, $link + array( 'href' => hosted_url( $given ) ), $inner );
}

/**
 * The settings of an alias, by the names of the element. `data-endpoint` gets no further than
 * `read_attributes`, like all that is not on the list.
 *
 * @param array<string, string> $attributes Of the alias.
 * @return array<string, string>
 */
function read_data( array $attributes ): array {
	$given = array();
	foreach ( $attributes as $name => $value ) {
		if ( 0 === strpos( $name, 'data-' ) ) {
			$given[ substr( $name, strlen( 'data-' ) ) ] = $value;
		}
	}
	return $given;
}

/**
 * Whether there is something to show: WordPress leaves line breaks and empty paragraphs behind.
 *
 * @param string $html Content of an alias.
 */
function has_content( string $html ): bool {
	return '' !== trim( str_replace( '&nbsp;', '', strip_tags( $html, '<img><svg><form><input><button><iframe><video>' ) ) );
}

// After do_blocks (9), wpautop (10) and do_shortcode (11); the last is for a block theme's templates.
foreach ( array( 'the_content', 'widget_text', 'widget_block_content', 'widget_custom_html_content', 'render_block_core/html' ) as $lead_form_filter ) {
	add_filter( $lead_form_filter, __NAMESPACE__ . '\\place_forms', 20 );
}
