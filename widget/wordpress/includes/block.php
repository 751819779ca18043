<?php
/**
 * Owns the block on the server: registered from block.json, drawn at each view, so that saved posts hold
 * nothing but the author's choices.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

/** Registers the block, and tells its editor what it may show. */
function register_block(): void {
	register_block_type(
		plugin_dir_path( FILE ) . 'block',
		array( 'render_callback' => __NAMESPACE__ . '\\print_block' )
	);
}

/** What the editor needs to know; only where the editor is. */
function tell_editor(): void {
	$facts = settings() + array(
		'definitions' => (object) array_filter( array_map( fn( $entry ) => $entry['definitions'] ?? '', shown_targets() ) ),
		'lang'        => get_bloginfo( 'language' ),
		'settingsUrl' => current_user_can( CAPABILITY ) ? settings_url() : '',
	);
	wp_add_inline_script( EDITOR_SCRIPT, 'window.leadFormSettings = ' . wp_json_encode( $facts ) . ';', 'before' );
}
add_action( 'enqueue_block_editor_assets', __NAMESPACE__ . '\\tell_editor' );

/**
 * The block as a visitor sees it.
 *
 * @param array<string, mixed> $attributes In camelCase, as block.json has them.
 */
function print_block( array $attributes ): string {
	$given = array();
	foreach ( $attributes as $name => $value ) {
		$given[ strtolower( preg_replace( '/[A-Z]/', '-$0', $name ) ) ] = $value;
	}
	$given += read_presets( $attributes['presets'] ?? '' );
	$form = print_form( $given );
	return '' === $form ? '' : sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), $form );
}

/**
 * Presets of a target's own fields, by the names of the element: one on a line, such as `unit=A-12`.
 *
 * @param mixed $written By an author.
 * @return array<string, string>
 */
function read_presets( $written ): array {
	$presets = array();
	foreach ( is_string( $written ) ? preg_split( '/\R/', $written ) : array() as $line ) {
		list( $name, $value ) = explode( '=', $line, 2 ) + array( 1 => '' );

		$presets[ 'field-' . trim( $name ) ] = trim( $value );
	}
	return $presets;
}
