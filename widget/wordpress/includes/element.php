<?php
/**
 * Owns what a visitor gets: the element with the endpoint of the settings, and a link for those without
 * script. Every form goes through here, whatever it was written as.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

/** What an author may set. The endpoint is not among them: whoever could set it could read the leads. */
const ATTRIBUTES = array(
	'target',
	'project',
	'projects',
	'fields',
	'definitions',
	'country',
	'countries',
	'lang',
	'theme',
	'scheme',
	'presentation',
	'heading',
	'submit-label',
	'success-message',
	'consent',
	'consent-version',
	'privacy-url',
	'contact-phone',
);

/**
 * Whether an author may set it: the list above, and presets of a target's own fields such as `field-unit`.
 *
 * @param array-key $name Of an attribute.
 */
function is_settable( $name ): bool {
	return in_array( $name, ATTRIBUTES, true ) || 1 === preg_match( '/^field-' . FIELD_NAME . '$/', (string) $name );
}

/** The languages of the hosted page. */
const LANGUAGES = array( 'en', 'ar', 'ru' );

/**
 * Attributes as HTML, with a space before each. A name without a value, such as `disabled`, has ''.
 *
 * @param array<string, string> $attributes By name; the names are ours or were read by WordPress.
 */
function print_attributes( array $attributes ): string {
	$html = '';
	foreach ( $attributes as $name => $value ) {
		$safe  = in_array( $name, array( 'href', 'privacy-url' ), true ) ? esc_url( $value ) : esc_attr( $value );
		$html .= sprintf( ' %s="%s"', esc_attr( $name ), $safe );
	}
	return $html;
}

/**
 * What of the given attributes may stand on an element, with target and endpoint filled in.
 *
 * @param array<string, mixed> $given From a block, a shortcode or an alias.
 * @return array<string, string>|null Null while the plugin does not know where to send the leads.
 */
function read_attributes( array $given ): ?array {
	$given = array_filter( $given, __NAMESPACE__ . '\\is_settable', ARRAY_FILTER_USE_KEY );
	$given = array_filter( array_map( 'trim', array_filter( $given, 'is_string' ) ), 'strlen' );
	list( 'endpoint' => $endpoint, 'target' => $target, 'country' => $country ) = settings();
	$defaults   = array( 'target' => $target ) + array_filter( compact( 'country' ) );
	$attributes = array_merge( $defaults, $given, compact( 'endpoint' ) );
	return '' === $attributes['target'] || '' === $endpoint ? null : $attributes;
}

/**
 * The page on the proxy that holds the same form and works without script.
 *
 * @param array<string, string> $attributes Of the element.
 */
function hosted_url( array $attributes ): string {
	$lang  = strtolower( substr( $attributes['lang'] ?? get_bloginfo( 'language' ), 0, 2 ) );
	$query = array(
		'lang'    => in_array( $lang, LANGUAGES, true ) ? $lang : '',
		'project' => $attributes['project'] ?? '',
		'theme'   => $attributes['theme'] ?? '',
	);
	$url   = $attributes['endpoint'] . '/f/' . rawurlencode( $attributes['target'] );
	return add_query_arg( rawurlencode_deep( array_filter( $query, 'strlen' ) ), $url );
}

/**
 * A form in the page, or a link that opens it as a dialog.
 *
 * @param array<string, mixed>  $given    What the author set; the rest is dropped.
 * @param string                $fallback HTML that stands there until the form works, from the author's
 *                                        own content; '' for a link to the hosted page.
 * @param array<string, string> $own      More attributes for the element, such as `class`.
 */
function print_form( array $given, string $fallback = '', array $own = array() ): string {
	$attributes = read_attributes( $given );
	if ( null === $attributes ) {
		return $fallback . print_hint();
	}
	$link = array(
		'class' => 'lead-form-link',
		'href'  => hosted_url( $attributes ),
	);
	$text = esc_html( $attributes['heading'] ?? __( 'Request a call', 'lead-form' ) );
	if ( 'dialog' === ( $attributes['presentation'] ?? '' ) ) {
		$link['class'] = trim( 'wp-element-button ' . ( $own['class'] ?? '' ) );
		return print_opener( $attributes, $link, $text );
	}
	if ( '' === $fallback ) {
		$fallback = sprintf( '<a%s>%s</a>', print_attributes( $link ), $text );
	}
	return is_feed() ? $fallback : print_element( $attributes + $own, $fallback );
}

/**
 * A link with its form beside it: without the script it leads to the hosted page, with it it opens the
 * form. It cannot stand inside, where the element hides it.
 *
 * @param array<string, string> $attributes Of the element, endpoint and target among them.
 * @param array<string, string> $link       Of the link, `href` among them.
 * @param string                $text       What the link says, as HTML.
 */
function print_opener( array $attributes, array $link, string $text ): string {
	$link['class'] = trim( ( $link['class'] ?? '' ) . ' lead-form-open' );
	$link         += array( 'aria-haspopup' => 'dialog' );
	$html          = sprintf( '<a%s>%s</a>', print_attributes( $link ), $text );
	if ( is_feed() ) {
		return $html;
	}
	wp_enqueue_script( OPEN_SCRIPT );
	return $html . print_element( array( 'presentation' => 'dialog' ) + $attributes );
}

/**
 * The element itself, on one line: WordPress makes paragraphs of more.
 *
 * @param array<string, string> $attributes All of them.
 * @param string                $fallback   HTML inside.
 */
function print_element( array $attributes, string $fallback = '' ): string {
	wp_enqueue_script( FORM_SCRIPT );
	$inside = print_template( $attributes ) . $fallback;
	return sprintf( '<lead-form%s>%s</lead-form>', print_attributes( add_definitions( $attributes ) ), $inside );
}

/** What an administrator sees where a form cannot be shown; nobody else sees anything. */
function print_hint(): string {
	if ( ! current_user_can( CAPABILITY ) || is_feed() ) {
		return '';
	}
	$what = '' === settings()['endpoint']
		? __( 'This form has no endpoint to send its leads to.', 'lead-form' )
		: __( 'This form names no target, and there is no default target.', 'lead-form' );
	return sprintf(
		'<p class="lead-form-hint"><strong>%s</strong> <a href="%s">%s</a> %s</p>',
		esc_html( $what ),
		esc_url( settings_url() ),
		esc_html__( 'Lead Form settings', 'lead-form' ),
		esc_html__( '(Only administrators see this.)', 'lead-form' )
	);
}
