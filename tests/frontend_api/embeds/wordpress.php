<?php
/**
 * Shows a page with the shortcode of a plugin twice, with what WordPress would do for it.
 *
 * Usage: php wordpress.php PLUGIN ANSWER. Without the file ANSWER the other site is away.
 * Prints what was asked, kept, styled and shown, as JSON.
 */
error_reporting(E_ALL);
set_error_handler(function ($level, $message) { throw new ErrorException($message); });
define('ABSPATH', __DIR__ . '/');

class WP_Error {}

$answer = is_file($argv[2]) ? ['body' => file_get_contents($argv[2])] : new WP_Error();
$seen = ['asked' => [], 'kept' => [], 'styles' => [], 'shown' => []];
$shortcodes = [];
$transients = [];

function add_shortcode($name, $callback) { $GLOBALS['shortcodes'][$name] = $callback; }
function get_transient($name) { return $GLOBALS['transients'][$name] ?? false; }
function set_transient($name, $value, $seconds) {
    $GLOBALS['transients'][$name] = $value;
    $GLOBALS['seen']['kept'][] = $seconds;
    return true;
}
function wp_remote_get($url, $arguments) {
    $GLOBALS['seen']['asked'][] = $url;
    return $GLOBALS['answer'];
}
function wp_remote_retrieve_body($answer) {
    return $answer instanceof WP_Error ? '' : $answer['body'];
}
function wp_enqueue_style($name, $url, $needed, $version) {
    $GLOBALS['seen']['styles'][$name] = $url;
}

require $argv[1];
foreach ([1, 2] as $_) {
    $seen['shown'][] = $shortcodes['lessenbank']('', null, 'lessenbank');
}
echo json_encode($seen, JSON_THROW_ON_ERROR);
