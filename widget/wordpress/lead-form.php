<?php
/**
 * Plugin Name:       Lead Form
 * Description:       An accessible form in English, Arabic and Russian that delivers its leads through your own Lead Form proxy. No key of your CRM ever stands in WordPress.
 * Version:           __VERSION__
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Author:            Lead Form
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       lead-form
 * Domain Path:       /languages
 *
 * Owns the start: which file answers which hook. Holds no behaviour of its own.
 *
 * @package LeadForm
 */

namespace LeadForm;

defined( 'ABSPATH' ) || exit;

const VERSION = '__VERSION__';
const FILE    = __FILE__;

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/settings-page.php';
require __DIR__ . '/includes/own-fields.php';
require __DIR__ . '/includes/own-fields-page.php';
require __DIR__ . '/includes/printed.php';
require __DIR__ . '/includes/scripts.php';
require __DIR__ . '/includes/element.php';
require __DIR__ . '/includes/block.php';
require __DIR__ . '/includes/shortcode.php';
require __DIR__ . '/includes/markup.php';
require __DIR__ . '/includes/content.php';

/** Texts first: the block's title is translated when it is registered. */
function start(): void {
	load_plugin_textdomain( 'lead-form', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	register_scripts();
	register_block();
	add_shortcode( 'lead_form', __NAMESPACE__ . '\\shortcode' );
}
add_action( 'init', __NAMESPACE__ . '\\start' );
