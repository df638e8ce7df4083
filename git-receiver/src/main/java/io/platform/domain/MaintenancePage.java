package io.platform.domain;

import java.net.URI;

/**
 * The page that visitors of an app in maintenance get.
 *
 * @param url where it was fetched
 * @param html what was there then
 */
public record MaintenancePage(URI url, String html) {}
