/**
 * The web server of static sites; it comes with the platform, so that such a slug needs nothing
 * else.
 */
@NullMarked
package io.platform.slug.site;

import org.jspecify.annotations.NullMarked;
