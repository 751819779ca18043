<?php
/**
 * Owns the scripts: which there are, and that optimisers leave them alone. Whoever prints a form
 * enqueues; no page without a form loads anything.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

/** Scripts of the visitor's page: the element, and what opens a dialog from a link. */
const FORM_SCRIPT   = 'lead-form';
const OPEN_SCRIPT   = 'lead-form-open';
const EDITOR_SCRIPT = 'lead-form-edit';
const PASTE_SCRIPT  = 'lead-form-transforms';

/**
 * What keeps Rocket Loader, Autoptimize, LiteSpeed Cache, Jetpack Boost and WP Rocket from moving, delaying
 * or combining a script. Cloudflare reads its own only before `src`.
 */
const OPT_OUT = 'data-cfasync="false" data-no-optimize="1" data-no-defer="1" data-no-minify="1" data-noptimize="1" data-jetpack-boost="ignore" nowprocket';

/** Names the scripts to WordPress; loads none. */
function register_scripts(): void {
	// Before 6.3 the array only means "in the footer"; `defer` is then added below.
	$late = array(
		'in_footer' => true,
		'strategy'  => 'defer',
	);
	wp_register_script( FORM_SCRIPT, plugins_url( 'lead-form.full.js', FILE ), array(), VERSION, $late );
	wp_register_script( OPEN_SCRIPT, plugins_url( 'open.js', FILE ), array(), VERSION, $late );
	// First: it takes part when the other registers the block.
	wp_register_script( PASTE_SCRIPT, plugins_url( 'block/transforms.js', FILE ), array( 'wp-blocks', 'wp-hooks' ), VERSION, true );
	wp_register_script(
		EDITOR_SCRIPT,
		plugins_url( 'block/edit.js', FILE ),
		array( PASTE_SCRIPT, 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element', 'wp-i18n' ),
		VERSION,
		true
	);
	wp_set_script_translations( EDITOR_SCRIPT, 'lead-form', plugin_dir_path( FILE ) . 'languages' );
}

/**
 * Adds the opt-outs, and `defer` where WordPress is too old to.
 *
 * @param string $tag    The script's tag.
 * @param string $handle Its name.
 */
function mark_script( string $tag, string $handle ): string {
	if ( FORM_SCRIPT !== $handle && OPEN_SCRIPT !== $handle ) {
		return $tag;
	}
	$defer = preg_match( '/\sdefer[\s>]/', $tag ) ? '' : ' defer';
	return (string) preg_replace( '/ src=/', ' ' . OPT_OUT . $defer . ' src=', $tag, 1 );
}
add_filter( 'script_loader_tag', __NAMESPACE__ . '\\mark_script', 10, 2 );

/**
 * SiteGround's optimiser reads no attribute, but asks for names.
 *
 * @param string[] $handles Those that it leaves alone already.
 * @return string[]
 */
function exclude_scripts( $handles ): array {
	return array_merge( (array) $handles, array( FORM_SCRIPT, OPEN_SCRIPT ) );
}
foreach ( array( 'sgo_javascript_combine_exclude', 'sgo_js_minify_exclude', 'sgo_js_async_exclude' ) as $lead_form_filter ) {
	add_filter( $lead_form_filter, __NAMESPACE__ . '\\exclude_scripts' );
}

/**
 * Jetpack Boost rewrites the tag of what it minifies and drops `defer`.
 *
 * @param bool   $concat Whether it would.
 * @param string $handle The script's name.
 */
function keep_apart( $concat, $handle ): bool {
	return $concat && FORM_SCRIPT !== $handle && OPEN_SCRIPT !== $handle;
}
add_filter( 'js_do_concat', __NAMESPACE__ . '\\keep_apart', 10, 2 );

/**
 * Defines the element inside the editor's canvas, which is a window of its own. This hook runs on the
 * visitor's pages too, where only a form may load the script.
 */
function enqueue_for_editor(): void {
	if ( is_admin() ) {
		wp_enqueue_script( FORM_SCRIPT );
	}
}
add_action( 'enqueue_block_assets', __NAMESPACE__ . '\\enqueue_for_editor' );
