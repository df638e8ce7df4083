/**
 * HTTP as builder and runner speak it: to the platform with a token, to the object store without
 * one.
 */
@NullMarked
package io.platform.slug.http;

import org.jspecify.annotations.NullMarked;
