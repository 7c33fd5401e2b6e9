import argparse
import datetime
import functools
import hashlib
import json
import math
import re
import sys
import time
from dataclasses import dataclass, field as member
from typing import Callable

from pyspark import StorageLevel
from pyspark.sql import Observation, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType, DoubleType, LongType, StringType, StructField, StructType, VariantType)
