/**
 * The contract between platform, builder and runner: job, report, manifest, Procfile, environment,
 * exit codes.
 */
@NullMarked
package io.platform.slug;

import org.jspecify.annotations.NullMarked;
