/** Retries in the servers: the policies, and how work runs under one (with Failsafe). */
@NullMarked
package io.platform.commons.retry;

import org.jspecify.annotations.NullMarked;
