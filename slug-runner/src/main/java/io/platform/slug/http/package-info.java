/**
 * The HTTP client of builder and runner: to the platform with a token, to the object store without
 * one.
 */
@NullMarked
package io.platform.slug.http;

import org.jspecify.annotations.NullMarked;
