/**
 * What every program of the platform is made of: what it keeps, its one port, its readiness, and
 * its orderly stop.
 */
@NullMarked
package io.platform.bootstrap;

import org.jspecify.annotations.NullMarked;
