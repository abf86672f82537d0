package dev.trackside.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** The headers that every answer gets, unless it sets them itself. */
final class UsualHeaders {
  private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
  private static final List<HttpField> FIELDS =
      List.of(
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("X-Frame-Options", "DENY"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new PreEncodedHttpField(
              CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
          new PreEncodedHttpField(
              "Permissions-Policy",
              "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(),"
                  + " fullscreen=(), geolocation=(self), gyroscope=(), magnetometer=(),"
                  + " microphone=(), midi=(), payment=(), picture-in-picture=(),"
                  + " publickey-credentials-get=(), screen-wake-lock=(self), usb=(),"
                  + " xr-spatial-tracking=()"));

  private UsualHeaders() {}

  static void addTo(HttpFields.Mutable headers) {
    String policy = headers.get(CONTENT_SECURITY_POLICY);
    boolean framed = policy != null && !policy.contains("frame-ancestors 'none'");
    for (HttpField field : FIELDS) {
      boolean contrary = framed && field.is("X-Frame-Options"); // it cannot name origins
      if (!contrary && !headers.contains(field.getName())) {
        headers.add(field);
      }
    }
  }
}
