// DetectionEngine
