package dev.trackside.api;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a track as GPX 1.1, a segment for each stretch without breaks, with heart rate, speed and
 * course as Garmin's TrackPointExtension v2. Writes a stream of elements, since jpx's model would
 * hold the whole track. Used once.
 */
final class Gpx {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
  private static final String GPX = "http://www.topografix.com/GPX/1/1";
  private static final String GARMIN = "http://www.garmin.com/xmlschemas/TrackPointExtension/v2";
  private static final String PREFIX = "gpxtpx";
  private static final Pattern NO_XML =
      Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

  private final XMLStreamWriter xml;
  private final Breaks breaks;
  private @Nullable Position before;

  Gpx(Writer out, Breaks breaks) throws IOException {
    this.breaks = breaks;
    try {
      xml = FACTORY.createXMLStreamWriter(out);
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  void write(Stretch stretch) throws IOException {
    try {
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("gpx");
      xml.writeDefaultNamespace(GPX);
      xml.writeNamespace(PREFIX, GARMIN);
      xml.writeAttribute("version", "1.1");
      xml.writeAttribute("creator", "Trackside");
      xml.writeStartElement("trk");
      element("name", NO_XML.matcher(stretch.name()).replaceAll("?"));
      xml.writeStartElement("trkseg");
      stretch.each(this::point);
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void point(Position position) throws IOException {
    Fix fix = position.fix();
    try {
      if (before != null && breaks.between(before, position)) {
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeStartElement("trkseg");
      }
      before = position;
      xml.writeCharacters("\n");
      xml.writeStartElement("trkpt");
      xml.writeAttribute("lat", decimal(fix.latDeg()));
      xml.writeAttribute("lon", decimal(fix.lonDeg() == 180 ? -180 : fix.lonDeg()));
      known("ele", fix.altM());
      element("time", Instant.ofEpochMilli(position.tMs()).toString());
      extensions(fix);
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  /** Writes them in the order of Garmin's schema. */
  private void extensions(Fix fix) throws XMLStreamException {
    long hr = Double.isNaN(fix.heartRateBpm()) ? 0 : Math.round(fix.heartRateBpm());
    boolean hasHr = hr >= 1 && hr <= 255;
    boolean hasSpeed = !Double.isNaN(fix.speedMps());
    boolean hasCourse = !Double.isNaN(fix.headingDeg());
    if (!hasHr && !hasSpeed && !hasCourse) {
      return;
    }
    xml.writeStartElement("extensions");
    xml.writeStartElement(PREFIX, "TrackPointExtension", GARMIN);
    if (hasHr) {
      garmin("hr", Long.toString(hr));
    }
    if (hasSpeed) {
      garmin("speed", decimal(fix.speedMps()));
    }
    if (hasCourse) {
      garmin("course", decimal(fix.headingDeg() == 360 ? 0 : fix.headingDeg()));
    }
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void known(String name, double value) throws XMLStreamException {
    if (!Double.isNaN(value)) {
      element(name, decimal(value));
    }
  }

  private void garmin(String name, String text) throws XMLStreamException {
    xml.writeStartElement(PREFIX, name, GARMIN);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private void element(String name, String text) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  /** Without an exponent, which XML decimals do not have; 1e-10 degrees are 0.01 mm. */
  private static String decimal(double value) {
    String text = Double.toString(value);
    return text.indexOf('E') < 0
        ? text
        : BigDecimal.valueOf(value).setScale(10, RoundingMode.HALF_UP).toPlainString();
  }
}
