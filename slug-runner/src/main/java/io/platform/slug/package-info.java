/**
 * The contract between those who build, run and release: slug archive, manifest, Procfile, job,
 * report, exit codes.
 */
@NullMarked
package io.platform.slug;

import org.jspecify.annotations.NullMarked;
