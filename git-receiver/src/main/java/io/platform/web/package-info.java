/**
 * What every HTTP door shares: problem details (RFC 9457), JSON, bounded bodies. It knows nothing
 * of the platform.
 */
@NullMarked
package io.platform.web;

import org.jspecify.annotations.NullMarked;
