// SafeText
