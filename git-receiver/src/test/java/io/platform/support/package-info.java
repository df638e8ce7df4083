/**
 * A platform for tests: real stores, a real server, and scripted doubles of what runs builds and
 * apps.
 */
@NullMarked
package io.platform.support;

import org.jspecify.annotations.NullMarked;
