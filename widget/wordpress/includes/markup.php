<?php
/**
 * Owns the reading of HTML as an author left it: tags, their attributes, and where an element ends.
 * WP_HTML_Tag_Processor would read tags too, but it comes with 6.2 only, and replaces no element.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

/** Elements whose content is text: a tag in it is none. */
const TEXT_ELEMENTS = array( 'script', 'style', 'textarea', 'title' );

/** The start of a tag: (1) slash, (2) name. What else begins with `<` is a comment or text. */
const TAG = '~<(?:!--|(/?)([a-z][a-z\d-]*+)(?=[\s/>]))~i';

/** From a tag's name to its end; a quote counts behind an equals sign only (HTML, 13.2.5.32 and on). */
const TAG_END = '~\G(?:[^>"\'=]++|=\s*+(?:"[^"]*+"|\'[^\']*+\'|(?!["\']))|["\'])*+>~';

/** A name, and perhaps a value: (2) to (4). */
const ATTRIBUTE = '~([^\s"\'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|\'([^\']*+)\'|([^\s"\'>]++)))?+~';

/**
 * Offset behind the next place where a pattern matches.
 *
 * @param string $pattern Of the place.
 * @param string $html    Where to look.
 * @param int    $from    Offset in bytes.
 */
function offset_behind( string $pattern, string $html, int $from ): ?int {
	return preg_match( $pattern, $html, $match, PREG_OFFSET_CAPTURE, $from ) ? $match[0][1] + strlen( $match[0][0] ) : null;
}

/**
 * The opening tags of some elements, each with the place where its element is closed. One pass: each byte is looked at
 * a few times at most, whatever an author has written. What is never ended, such as a comment, holds all the rest.
 *
 * @param string   $html  Where to look.
 * @param string[] $names Of the elements, in lower case.
 * @return array<int, array{name: string, start: int, end: int, attributes: string, close: array{start: int, end: int}|null}>
 */
function read_tags( string $html, array $names ): array {
	$tags = array();
	// By name, the indexes in `$tags` of what is open.
	$open = array_fill_keys( $names, array() );
	$from = 0;
	while ( preg_match( TAG, $html, $match, PREG_OFFSET_CAPTURE, $from ) ) {
		list( $written, $start ) = $match[0];
		$behind                  = $start + strlen( $written );
		$name                    = strtolower( $match[2][0] ?? '' );
		$from                    = offset_behind( '' === $name ? '~-->~' : TAG_END, $html, $behind );
		if ( null === $from ) {
			break;
		}
		$closes = '/' === ( $match[1][0] ?? '' );
		$place  = array(
			'start' => $start,
			'end'   => $from,
		);
		if ( ! $closes && in_array( $name, TEXT_ELEMENTS, true ) ) {
			$from = offset_behind( "~</$name(?=[\s/>])~i", $html, $from );
		} elseif ( $closes && ! empty( $open[ $name ] ) ) {
			$tags[ array_pop( $open[ $name ] ) ]['close'] = $place;
		} elseif ( ! $closes && isset( $open[ $name ] ) ) {
			$open[ $name ][] = count( $tags );
			$tags[]          = $place + array(
				'name'       => $name,
				'attributes' => rtrim( substr( $html, $behind, $from - $behind - 1 ), '/' ),
				'close'      => null,
			);
		}
		if ( null === $from ) {
			break;
		}
	}
	return $tags;
}

/**
 * Attributes as they are meant, entities decoded; by name in lower case. Of several with one name the first counts.
 *
 * @param string $written All between the tag's name and its end.
 * @return array<string, string>
 */
function parse_attributes( string $written ): array {
	$attributes = array();
	$from       = 0;
	// One after the other: all at once would take a hundred times the memory of what is written.
	while ( preg_match( ATTRIBUTE, $written, $match, PREG_UNMATCHED_AS_NULL | PREG_OFFSET_CAPTURE, $from ) ) {
		list( $name, $value ) = array( $match[1][0], $match[2][0] ?? $match[3][0] ?? $match[4][0] ?? '' );

		$from = $match[0][1] + strlen( $match[0][0] );
		if ( preg_match( '~^[a-z_][\w:.-]*$~iD', $name ) ) {
			$attributes += array( strtolower( $name ) => html_entity_decode( $value, ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
		}
	}
	return $attributes;
}
