// Detections
