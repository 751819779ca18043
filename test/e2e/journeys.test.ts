/** Owns which journeys share one Worker and one browser. Must not hold a test of its own. */
import "./journeys/outcomes.ts";
import "./journeys/hosted.ts";
import "./journeys/network.ts";
import "./journeys/own-fields.ts";
import "./journeys/visits.ts";
