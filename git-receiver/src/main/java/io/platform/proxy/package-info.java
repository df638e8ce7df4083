/**
 * The reverse proxy to apps, by host name, on the platform's own port: carries HTTP and upgraded
 * connections, and moves traffic between releases.
 */
@NullMarked
package io.platform.proxy;

import org.jspecify.annotations.NullMarked;
