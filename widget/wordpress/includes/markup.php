<?php
/**
 * Owns the reading of HTML as an author left it: tags, their attributes, and where an element ends.
 * WP_HTML_Tag_Processor would read tags too, but it comes with 6.2 only, and replaces no element.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

/** A comment, an element whose content is text, or a tag: (1) that element, (2) slash, (3) name, (4) attributes. */
const TOKEN = '~<!--.*?-->|<(script|style|textarea|title)\b.*?</\1\s*>|<(/?)([a-z][a-z\d-]*)((?:\s(?:[^>"\']++|"[^"]*+"|\'[^\']*+\')*+)?)/?>~is';

/**
 * The next tag from here on.
 *
 * @param string $html Where to look.
 * @param int    $from Offset in bytes.
 * @return array{start: int, end: int, name: string, closes: bool, attributes: string}|null
 */
function next_tag( string $html, int $from ): ?array {
	while ( preg_match( TOKEN, $html, $match, PREG_OFFSET_CAPTURE, $from ) ) {
		list( $whole, $start ) = $match[0];
		$from                  = $start + strlen( $whole );
		if ( isset( $match[3] ) ) {
			return array(
				'start'      => $start,
				'end'        => $from,
				'name'       => strtolower( $match[3][0] ),
				'closes'     => '/' === $match[2][0],
				'attributes' => rtrim( $match[4][0], '/' ),
			);
		}
	}
	return null;
}

/**
 * The tag that closes an element.
 *
 * @param string $html Where to look.
 * @param string $name Of the element.
 * @param int    $from Offset behind its opening tag.
 * @return array{start: int, end: int}|null Null where it is never closed.
 */
function closing_tag( string $html, string $name, int $from ): ?array {
	$depth = 1;
	for ( $tag = next_tag( $html, $from ); null !== $tag; $tag = next_tag( $html, $tag['end'] ) ) {
		if ( $tag['name'] === $name ) {
			$depth += $tag['closes'] ? -1 : 1;
		}
		if ( 0 === $depth ) {
			return $tag;
		}
	}
	return null;
}

/**
 * Attributes as they are meant, entities decoded; by name in lower case.
 *
 * @param string $written All between the tag's name and its end.
 * @return array<string, string>
 */
function parse_attributes( string $written ): array {
	$attributes = array();
	foreach ( wp_kses_hair( $written, wp_allowed_protocols() ) as $attribute ) {
		$attributes += array(
			strtolower( $attribute['name'] ) => html_entity_decode( $attribute['value'], ENT_QUOTES | ENT_HTML5, 'UTF-8' ),
		);
	}
	return $attributes;
}
