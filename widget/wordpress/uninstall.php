<?php
/**
 * Owns what is left when the plugin is deleted: nothing. Posts keep their shortcodes and blocks.
 *
 * @package LeadForm
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $lead_form_site ) {
		delete_blog_option( $lead_form_site, 'lead_form' );
		delete_blog_option( $lead_form_site, 'lead_form_fields' );
		delete_blog_option( $lead_form_site, 'lead_form_printed' );
	}
} else {
	delete_option( 'lead_form' );
	delete_option( 'lead_form_fields' );
	delete_option( 'lead_form_printed' );
}
