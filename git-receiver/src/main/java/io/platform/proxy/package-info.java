/**
 * The reverse proxy to apps, by host name, on the platform's own port: forwards HTTP and upgraded
 * connections, and switches traffic between releases.
 */
@NullMarked
package io.platform.proxy;

import org.jspecify.annotations.NullMarked;
