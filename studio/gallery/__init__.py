"""What one can start from: templates with a picture and a sentence."""

from studio.gallery.gallery import Gallery
from studio.gallery.templates import Template, templates

__all__ = ["Gallery", "Template", "templates"]
