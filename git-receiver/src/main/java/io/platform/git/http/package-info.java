/** Git's smart HTTP protocol: who may, what is advertised, fetches, and pushes up to the hook. */
@NullMarked
package io.platform.git.http;

import org.jspecify.annotations.NullMarked;
